/** What is promised when processes are killed, stopped and interrupted, and when files are not what they were. */
@NullMarked
package io.filejob.faults;

import org.jspecify.annotations.NullMarked;
