/// Files in and out.
///
/// | format | read by | written by |
/// |--------|---------|------------|
/// | safetensors | [headway.io.SafetensorsFile] | [headway.io.SafetensorsWriter] |
/// | model folder, hub cache | [headway.io.Checkpoint], [headway.io.HubCache] | [headway.io.AtomicFiles] |
/// | `config.json` to a record | [headway.io.ConfigReader] | [headway.io.ConfigWriter] |
/// | Parquet, as rows | [headway.io.ParquetRows] | – |
/// | JSON, YAML as trees | [headway.io.Json], [headway.io.Yaml] | [headway.io.Yaml] |
///
/// Whatever is read is checked first and bounded; whatever is written appears whole or not at all.
package headway.io;
