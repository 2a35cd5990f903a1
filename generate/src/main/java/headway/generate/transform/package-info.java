/// Everything between logits and sampling.
///
/// | technique | class | paper | used by |
/// |---|---|---|---|
/// | temperature | [headway.generate.transform.Temperature] | Ackley et al. 1985 | sampling |
/// | top-k | [headway.generate.transform.TopK] | Fan et al. 2018 | sampling |
/// | nucleus | [headway.generate.transform.TopP] | Holtzman et al. 2020 | sampling |
/// | min-p | [headway.generate.transform.MinP] | Nguyen et al. 2024 | sampling |
/// | locally typical | [headway.generate.transform.TypicalP] | Meister et al. 2023 | sampling |
/// | epsilon | [headway.generate.transform.EpsilonCutoff] | Hewitt et al. 2022 | sampling |
/// | eta | [headway.generate.transform.EtaCutoff] | Hewitt et al. 2022 | sampling |
/// | top-H | [headway.generate.transform.TopH] | Baghaei Potraghloo et al. 2025 | sampling |
/// | repetition penalty | [headway.generate.transform.RepetitionPenalty] | Keskar et al. 2019 | all |
/// | no repeated n-grams | [headway.generate.transform.NoRepeatNgram] | Paulus et al. 2017 | all |
/// | least length | [headway.generate.transform.MinNewTokens] | – | all |
/// | nothing invented | [headway.generate.transform.EncoderRepetitionPenalty] | – | all |
/// | nothing copied | [headway.generate.transform.EncoderNoRepeatNgram] | – | all |
/// | ends in time | [headway.generate.transform.ExponentialDecay] | – | all |
/// | biased sequences | [headway.generate.transform.SequenceBias] | – | all |
/// | suppressed tokens | [headway.generate.transform.SuppressTokens] | – | all |
/// | bad words | [headway.generate.transform.BadWords] | – | all |
package headway.generate.transform;
