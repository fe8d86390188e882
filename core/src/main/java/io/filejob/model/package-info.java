/** The FileJob as users write and read it: spec, status, and the checks that both hosts share. */
@NullMarked
package io.filejob.model;

import org.jspecify.annotations.NullMarked;
