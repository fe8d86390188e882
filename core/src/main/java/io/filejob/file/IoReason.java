package io.filejob.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes an {@link IOException} in words, since the message of some of them is nothing but a path. */
public final class IoReason {
    private IoReason() {}

    /** Returns a short reason without the path, if the exception holds the path separately. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file or folder: " + missing.getFile();
            case AccessDeniedException denied -> "permission denied: " + denied.getFile();
            case NotDirectoryException file -> "it is not a folder: " + file.getFile();
            case FileAlreadyExistsException exists -> "it is there already, and not a folder: " + exists.getFile();
            case ClosedByInterruptException _, FileLockInterruptionException _ -> "interrupted";
            case CharacterCodingException _ -> "it is not text in UTF-8";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
