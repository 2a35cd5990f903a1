/// What models are loaded for: a class a task, from text, pictures and sound to answers.
module headway.tasks {
    requires transitive headway.generate;

    exports headway.tasks;
}
