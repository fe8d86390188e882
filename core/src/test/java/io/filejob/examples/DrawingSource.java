package io.filejob.examples;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Runs a parameterized test once for each {@link Drawing} of a file. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(DrawingFile.class)
public @interface DrawingSource {
    /** Returns the name of the file below {@code drawings}. */
    String value();
}
