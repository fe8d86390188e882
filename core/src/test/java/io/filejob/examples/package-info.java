/**
 * Examples for tests: drawn ones, in text files below {@code drawings} with input and expected output, and random ones
 * with seeds.
 */
@NullMarked
package io.filejob.examples;

import org.jspecify.annotations.NullMarked;
