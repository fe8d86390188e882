/** Profiles of jobs: where their threads spend CPU time, as flame graphs. */
@NullMarked
package io.filejob.profile;

import org.jspecify.annotations.NullMarked;
