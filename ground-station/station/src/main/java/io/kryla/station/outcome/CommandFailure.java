package io.kryla.station.outcome;

import java.util.List;

/** Ends a command with an error line {@code CODE: what; where; what to do}. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;
    private final String code;
    private final String where;
    private final String remedy;
    private final transient List<Finding> findings;

    public CommandFailure(ExitStatus status, String code, String what, String where, String remedy) {
        this(status, code, what, where, remedy, List.of());
    }

    private CommandFailure(
            ExitStatus status, String code, String what, String where, String remedy, List<Finding> findings) {
        super(what);
        this.status = status;
        this.code = code;
        this.where = where;
        this.remedy = remedy;
        this.findings = findings;
    }

    public static CommandFailure usage(String code, String what, String where, String remedy) {
        return new CommandFailure(ExitStatus.USAGE, code, what, where, remedy);
    }

    /** The same failure, with each of several things that are wrong for a program to read. */
    public CommandFailure with(List<Finding> several) {
        return new CommandFailure(status, code, what(), where, remedy, several);
    }

    /** Each of several things that are wrong; one made of the error line if they were not given. */
    public List<Finding> findings() {
        return findings.isEmpty() ? List.of(new Finding(code, "", where, what() + "; " + remedy)) : findings;
    }

    public ExitStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String what() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public String where() {
        return where;
    }

    public String remedy() {
        return remedy;
    }
}
