package io.guestchat.bench;

import java.util.Set;

/** Runs that give some of the figures. */
interface Experiment {

    /** Those that it can give. */
    Set<Figure> figures();

    /** Gives those of them that are wanted. */
    void measure(Bench bench);
}
