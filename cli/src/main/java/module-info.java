/// The command line: `headway …`.
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
