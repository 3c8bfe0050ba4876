package io.kryla.station.outcome;

/** Ends a command with an error line {@code CODE: what; where; what to do}. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;
    private final String code;
    private final String where;
    private final String remedy;

    public CommandFailure(ExitStatus status, String code, String what, String where, String remedy) {
        super(what);
        this.status = status;
        this.code = code;
        this.where = where;
        this.remedy = remedy;
    }

    public static CommandFailure usage(String code, String what, String where, String remedy) {
        return new CommandFailure(ExitStatus.USAGE, code, what, where, remedy);
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
