/// Families: one file each, composed from the catalogue; nothing about generation or training.
module headway.models {
    requires transitive headway.nn;
    requires transitive headway.io;

    exports headway.models;
}
