package io.kryla.station.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.NonBlockingReader;

/** Draws {@link SlotRows} on a terminal, four times a second, and listens to its keys: m shows what failed, and hides it. */
final class SlotScreen implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofMillis(250);

    private final Terminal terminal;
    private final Attributes before;
    private final SlotRows rows;
    private final Display display;
    private final Thread painter = new Thread(this::paint, "kryla-slots");
    private volatile boolean closed;
    private boolean withFailures;

    private SlotScreen(Terminal terminal, SlotRows rows) {
        this.terminal = terminal;
        this.rows = rows;
        this.before = terminal.enterRawMode();
        this.display = new Display(terminal, false);
        painter.setDaemon(true);
    }

    /** Empty where there is no terminal that can be drawn on. */
    static Optional<SlotScreen> open(SlotRows rows) {
        if (System.console() == null) {
            return Optional.empty();
        }
        try {
            Terminal terminal =
                    TerminalBuilder.builder().system(true).dumb(false).build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                terminal.close();
                return Optional.empty();
            }
            SlotScreen screen = new SlotScreen(terminal, rows);
            screen.painter.start();
            return Optional.of(screen);
        } catch (IOException | IllegalStateException e) {
            return Optional.empty(); // none after all: plain lines do as well
        }
    }

    private void paint() {
        try {
            while (!closed) {
                draw();
                int key = terminal.reader().read(REFRESH.toMillis());
                if (key == 'm' || key == 'M') {
                    withFailures = !withFailures;
                } else if (key == NonBlockingReader.EOF) {
                    return;
                }
            }
        } catch (IOException e) {
            // The terminal went away; the work goes on.
        }
    }

    private void draw() {
        int width = Math.max(20, terminal.getWidth());
        List<AttributedString> lines = rows.lines(withFailures).stream()
                .limit(Math.max(1, terminal.getHeight() - 1))
                .map(line -> new AttributedString(line).columnSubSequence(0, width - 1))
                .toList();
        display.resize(terminal.getHeight(), width);
        display.update(lines, 0);
    }

    @Override
    public void close() {
        closed = true;
        try {
            painter.join(REFRESH.multipliedBy(4).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        draw();
        terminal.writer().println();
        terminal.flush();
        terminal.setAttributes(before);
        try {
            terminal.close();
        } catch (IOException e) {
            // It went away before us.
        }
    }
}
