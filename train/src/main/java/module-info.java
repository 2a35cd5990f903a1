/// Training: runs, optimizers, schedules, checkpoints; knows no family.
module headway.train {
    requires transitive headway.models;
    requires transitive headway.io;
    requires java.desktop;
    requires jdk.management;
    requires tools.jackson.dataformat.csv;
    requires xchart;

    exports headway.train;

    opens headway.train to
            headway.io;
}
