/// The command line: `headway …`.
// JLine has no module descriptors of its own.
@SuppressWarnings("requires-automatic")
module headway.cli {
    requires headway.generate;
    requires headway.io;
    requires headway.tasks;
    requires headway.tensor;
    requires headway.train;
    requires me.tongfei.progressbar;
    requires info.picocli;
    requires org.jline.reader;
    requires org.jline.terminal;

    // picocli sets annotated fields and calls annotated methods.
    opens headway.cli to
            info.picocli;
}
