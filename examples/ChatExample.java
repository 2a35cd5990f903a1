import headway.tasks.Chat;
import headway.tasks.Headway;
import java.util.Arrays;
import java.util.Map;

/// A conversation; each answer is shown as it comes:
///
///     examples/run ChatExample MODEL "Who are you?" "And what do you like?"
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var chat = new Chat(model).system("You answer in one sentence.");
        for (var message : Arrays.asList(args).subList(1, args.length)) {
            chat.say(message, Map.of("max_new_tokens", 16), IO::print);
            IO.println();
        }
    }
}
