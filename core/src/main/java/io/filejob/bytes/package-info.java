/** Lists of bytes, cursors, UTF-8, and operations on several bytes of a word at a time. */
@NullMarked
package io.filejob.bytes;

import org.jspecify.annotations.NullMarked;
