/// Tasks: from a sentence, a recording, a picture and the name of a model to an answer.
///
/// | task | class | checkpoint's head |
/// |---|---|---|
/// | guess masked words | [headway.tasks.FillMask] | `…ForMaskedLM` |
/// | classes of a text | [headway.tasks.Classify] | `…ForSequenceClassification` |
/// | relevance of texts to a question | [headway.tasks.Rerank] | `…ForSequenceClassification` |
/// | names in a text | [headway.tasks.Tag] | `…ForTokenClassification` |
/// | answers found in a text | [headway.tasks.Answer] | `…ForQuestionAnswering` |
/// | a text as a vector | [headway.tasks.Embed] | any encoder, any decoder |
/// | how probable a text is | [headway.tasks.Score] | `…ForCausalLM` |
/// | a text continued | [headway.tasks.Complete], [headway.tasks.Chat] | `…ForCausalLM` |
/// | translation, summary | [headway.tasks.Translate], [headway.tasks.Summarize] | `…ForConditionalGeneration` |
/// | what was said in a recording | [headway.tasks.Transcribe] | `WhisperForConditionalGeneration` |
/// | what a picture shows | [headway.tasks.ClassifyImage] | `…ForImageClassification` |
/// | a picture in words | [headway.tasks.Caption] | `VisionEncoderDecoderModel` |
/// | which text fits a picture | [headway.tasks.Match] | `CLIPModel` |
/// | what heads look at | [headway.tasks.AttentionMap] | any that reads text |
///
/// [headway.tasks.Headway#load] gives the [headway.tasks.LoadedModel] that they are made from. Numbers
/// equal those of the pipelines of Hugging Face's `transformers`.
package headway.tasks;
