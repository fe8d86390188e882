/** Log lines of commands and workers: text for people, JSON for programs. */
@NullMarked
package io.filejob.log;

import org.jspecify.annotations.NullMarked;
