package headway.generate;

import java.util.List;

/// Finished texts in the order of their prompts, those of one prompt together, the most probable first.
///
/// @param promptTokensPerSecond tokens of all prompts, padding left out, by the time to the first token
/// @param tokensPerSecond tokens after the first of each sequence, by the time they took; 0 where there are none
/// @param timeToFirstTokenMs from the call to the first tokens of the batch
public record GenerationResult(
        List<GeneratedSequence> sequences,
        double promptTokensPerSecond,
        double tokensPerSecond,
        double timeToFirstTokenMs) {}
