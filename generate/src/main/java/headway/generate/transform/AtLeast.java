package headway.generate.transform;

import java.util.BitSet;

/// Another transform that leaves the `least` highest scores alone: where beams draw, something must be left to go on
/// with when the most probable tokens end a text.
public record AtLeast(int least, LogitsTransform cut) implements LogitsTransform {
    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        float[] before = scores.clone();
        cut.apply(scores, tokens);
        var kept = new BitSet();
        for (int n = 0; n < Math.min(least, before.length); n++) {
            int highest = kept.nextClearBit(0);
            for (int i = highest; i < before.length; i = kept.nextClearBit(i + 1)) {
                // Of equals the higher id, which the cuts keep longer.
                highest = before[i] >= before[highest] ? i : highest;
            }
            kept.set(highest);
            scores[highest] = before[highest];
        }
    }
}
