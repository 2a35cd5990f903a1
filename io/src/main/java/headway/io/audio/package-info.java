/// Sound: from files to the features that speech models read.
///
/// | step | class |
/// |------|-------|
/// | WAV, FLAC, MP3 to samples | [headway.io.audio.Sound] |
/// | another sample rate | `SincResampling`, by `Sound.resampled` |
/// | Whisper's log-mel features | [headway.io.audio.LogMel] |
package headway.io.audio;
