import headway.tasks.Classify;
import headway.tasks.Headway;
import java.util.Arrays;
import java.util.concurrent.Executors;

/// One model for many virtual threads, as in a server:
///
///     examples/run ThreadsExample MODEL "A fine film." "A dull one."
void main(String[] args) throws Exception {
    try (var model = Headway.load(args[0]);
            var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var classify = new Classify(model);
        var answers = Arrays.stream(args).skip(1).map(text -> threads.submit(() -> classify.classify(text))).toList();
        for (var answer : answers) {
            IO.println(answer.get());
        }
    }
}
