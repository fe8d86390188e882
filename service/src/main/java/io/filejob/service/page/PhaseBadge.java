package io.filejob.service.page;

import io.filejob.status.Phase;

/**
 * A phase with the icon and tone in which it is shown.
 *
 * @param label the name of the phase
 * @param icon the identifier of the icon
 * @param tone the suffix of the style class
 */
record PhaseBadge(String label, String icon, String tone) {
    static PhaseBadge of(Phase phase) {
        return switch (phase) {
            case PENDING -> new PhaseBadge("Pending", "clock", "calm");
            case PLANNED -> new PhaseBadge("Planned", "clock", "calm");
            case RUNNING -> new PhaseBadge("Running", "play", "live");
            case MERGING -> new PhaseBadge("Merging", "merge", "live");
            case COMPLETE -> new PhaseBadge("Complete", "check", "good");
            case FAILED -> new PhaseBadge("Failed", "cross", "bad");
            case SUSPENDED -> new PhaseBadge("Suspended", "pause", "held");
        };
    }
}
