import headway.tasks.Answer;
import headway.tasks.Headway;

/// The answer to a question, found in a text of any length:
///
///     examples/run AnswerExample MODEL "Who is the enemy?" "The people know that Marcius is their enemy."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var found = new Answer(model).answer(args[1], args[2]);
        IO.println("%s (%.4f, code points %d to %d)".formatted(found.answer(), found.score(), found.start(), found.end()));
    }
}
