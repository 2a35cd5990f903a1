/// The Hugging Face hub: models by their names.
///
/// | task | class |
/// |------|-------|
/// | bring a model into the cache | [headway.io.hub.Hub] |
/// | see and remove what is there | [headway.io.hub.HubStore] |
/// | find what is there, without network | [headway.io.HubCache] |
package headway.io.hub;
