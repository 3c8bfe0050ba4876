package io.kryla.station.cli;

import io.kryla.hil.scenario.DocumentProblem;
import io.kryla.hil.scenario.ScenarioException;
import io.kryla.keys.KrylaException;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns whatever stopped a command into its error line. */
final class Failures {
    private Failures() {}

    static CommandFailure of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            CommandFailure known = known(t);
            if (known != null) {
                return known;
            }
        }
        return new CommandFailure(
                ExitStatus.ERROR,
                "INTERNAL",
                "unexpected " + thrown.getClass().getSimpleName() + ": " + oneLine(thrown.getMessage()),
                "kryla",
                "run again with --debug and report what it shows");
    }

    private static @Nullable CommandFailure known(Throwable t) {
        if (t instanceof CommandFailure failure) {
            return failure;
        }
        if (t instanceof ScenarioException scenario) {
            return ofScenario(scenario);
        }
        if (t instanceof KrylaException broken) {
            return ofDisk(broken).or(() -> ofPort(broken)).orElseGet(() -> ofSdk(broken));
        }
        if (t instanceof FileSystemException failure) {
            return ofFileSystem(failure);
        }
        if (t instanceof ReadOnlyFileSystemException) {
            return readOnly("the folder");
        }
        if (t instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return null; // its cause is looked at next
        }
        if (t instanceof IOException io) {
            return ofMessage(io, "a file");
        }
        return null;
    }

    /** Plans and vehicles are written by people: every problem with its place. */
    private static CommandFailure ofScenario(ScenarioException e) {
        if (e.problems().isEmpty()) {
            return CommandFailure.usage(e.code(), oneLine(e.getMessage()), "plan or vehicle", "check the file");
        }
        DocumentProblem first = e.problems().get(0);
        int more = e.problems().size() - 1;
        return CommandFailure.usage(
                        e.code(),
                        what(first) + (more == 0 ? "" : " (and " + more + " more)"),
                        where(first),
                        "correct the file; --json lists every problem")
                .with(e.problems().stream()
                        .map(problem -> new Finding(e.code(), problem.file(), where(problem), what(problem)))
                        .toList());
    }

    private static String what(DocumentProblem problem) {
        return problem.what()
                + problem.nearest()
                        .map(word -> ", did you mean \"" + word + "\"?")
                        .orElse("");
    }

    private static String where(DocumentProblem problem) {
        return problem.file() + ":" + problem.line() + ":" + problem.column();
    }

    /** Whatever was being written: a disk without room, or one that is read-only, is the same to whoever has to act. */
    private static Optional<CommandFailure> ofDisk(KrylaException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            String message = oneLine(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof IOException && isFull(message)) {
                return Optional.of(full(oneLine(e.getMessage())));
            }
            if (cause instanceof IOException && isReadOnly(message)) {
                return Optional.of(readOnly(oneLine(e.getMessage())));
            }
        }
        return Optional.empty();
    }

    private static boolean isFull(String lowerCaseMessage) {
        return lowerCaseMessage.contains("no space left") || lowerCaseMessage.contains("disk quota");
    }

    private static boolean isReadOnly(String lowerCaseMessage) {
        return lowerCaseMessage.contains("read-only file system");
    }

    private static CommandFailure full(String where) {
        return new CommandFailure(
                ExitStatus.ERROR, "STORAGE_FULL", "no space left", where, "make room and run the command again");
    }

    /** The SDK says where it could not listen; a person needs to know why. */
    private static Optional<CommandFailure> ofPort(KrylaException e) {
        if (!e.code().equals("BIND_FAILED") || !(e.getCause() instanceof IOException cause)) {
            return Optional.empty();
        }
        String reason = oneLine(cause.getMessage());
        boolean inUse = reason.toLowerCase(Locale.ROOT).contains("in use");
        return Optional.of(new CommandFailure(
                ExitStatus.ERROR,
                inUse ? "PORT_IN_USE" : "PORT_UNAVAILABLE",
                oneLine(e.getMessage()),
                "this machine",
                inUse
                        ? "stop the program that holds the port, or choose another port"
                        : "choose an address of this machine and a port that you may open"));
    }

    /** The SDK's messages say what, where and what to do in one sentence. */
    private static CommandFailure ofSdk(KrylaException e) {
        String remedy = e.retryable() ? "run the command again" : "see the message; nothing was left half done";
        return new CommandFailure(ExitStatus.ERROR, e.code(), oneLine(e.getMessage()), "kryla", remedy);
    }

    private static CommandFailure ofFileSystem(FileSystemException e) {
        String file = String.valueOf(e.getFile());
        if (e instanceof NoSuchFileException) {
            return CommandFailure.usage("FILE_MISSING", "no such file or folder", file, "check the path");
        }
        if (e instanceof AccessDeniedException) {
            return new CommandFailure(
                    ExitStatus.ERROR, "STORAGE_DENIED", "access denied", file, "check owner and mode");
        }
        if (e instanceof FileAlreadyExistsException || e instanceof DirectoryNotEmptyException) {
            return CommandFailure.usage("FILE_EXISTS", "already there", file, "choose another path");
        }
        if (e instanceof NotDirectoryException) {
            return CommandFailure.usage("NOT_A_FOLDER", "not a folder", file, "choose another path");
        }
        return ofMessage(e, file);
    }

    private static CommandFailure ofMessage(IOException e, String file) {
        String message = oneLine(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (isFull(lower)) {
            return full(file);
        }
        if (isReadOnly(lower)) {
            return readOnly(file);
        }
        if (lower.contains("is a directory")) {
            return CommandFailure.usage("NOT_A_FILE", "is a folder, a file is needed", file, "check the path");
        }
        return new CommandFailure(ExitStatus.ERROR, "IO_ERROR", message, file, "check the disk and the path");
    }

    private static CommandFailure readOnly(String file) {
        return new CommandFailure(
                ExitStatus.ERROR,
                "STORAGE_READ_ONLY",
                "read-only file system",
                file,
                "choose a folder that is writable");
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
