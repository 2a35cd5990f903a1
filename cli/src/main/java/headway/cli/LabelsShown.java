package headway.cli;

import headway.tasks.Classify;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Labels of a picture: scores first, so that they stand in a column.
final class LabelsShown implements PictureOptions.Shown<List<Classify.Label>> {
    @Override
    public void json(ObjectNode node, List<Classify.Label> labels) {
        var all = node.putArray("labels");
        labels.forEach(l -> all.addObject().put("label", l.label()).put("score", l.score()));
    }

    @Override
    public String plain(List<Classify.Label> labels) {
        return labels.stream()
                .map(l -> "%.4f  %s".formatted(l.score(), l.label()))
                .collect(Collectors.joining("\n"));
    }
}
