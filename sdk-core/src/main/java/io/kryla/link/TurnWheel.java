package io.kryla.link;

import io.kryla.link.LinkLoop.Seat;
import org.jspecify.annotations.Nullable;

/**
 * When seats of a loop are due, never early and up to two milliseconds late, in a wheel of slots: to put, move and remove one takes a few steps however
 * many there are, and no garbage. One that is due beyond the wheel's turn is looked at once a turn. Not thread-safe.
 */
final class TurnWheel {
    static final int NOWHERE = -1;

    private static final int SLOT_SHIFT = 20;
    private static final int SLOTS = 256;

    private final @Nullable Seat[] slots = new Seat[SLOTS];
    /** Slots before this one are empty; counted from the clock's zero, not within the wheel. */
    private long sweep;

    private int seats;

    TurnWheel(long nowNanos) {
        sweep = nowNanos >> SLOT_SHIFT;
    }

    /** Of a time that has passed: due at once. */
    void put(Seat seat, long atNanos) {
        long number = Math.max(sweep, Math.min(sweep + SLOTS - 1, (atNanos >> SLOT_SHIFT) + 1));
        int slot = (int) (number & (SLOTS - 1));
        seat.dueAtNanos = atNanos;
        if (seat.slot == slot) {
            return;
        }
        remove(seat);
        Seat head = slots[slot];
        seat.after = head;
        if (head != null) {
            head.before = seat;
        }
        slots[slot] = seat;
        seat.slot = slot;
        seats++;
    }

    void remove(Seat seat) {
        if (seat.slot == NOWHERE) {
            return;
        }
        if (seat.before == null) {
            slots[seat.slot] = seat.after;
        } else {
            seat.before.after = seat.after;
        }
        if (seat.after != null) {
            seat.after.before = seat.before;
        }
        seat.before = null;
        seat.after = null;
        seat.slot = NOWHERE;
        seats--;
    }

    /** Not more than a turn of the wheel. */
    long nanosUntilNext(long nowNanos) {
        if (seats == 0) {
            return (long) SLOTS << SLOT_SHIFT;
        }
        long number = sweep;
        while (slots[(int) (number & (SLOTS - 1))] == null) {
            number++;
        }
        return (number << SLOT_SHIFT) - nowNanos;
    }

    /** Takes one seat that is due away; null when there is none. */
    @Nullable
    Seat takeDue(long nowNanos) {
        long now = nowNanos >> SLOT_SHIFT;
        while (seats > 0 && sweep <= now) {
            Seat seat = slots[(int) (sweep & (SLOTS - 1))];
            if (seat == null) {
                sweep++;
                continue;
            }
            long dueAtNanos = seat.dueAtNanos;
            remove(seat);
            if (dueAtNanos <= nowNanos) {
                return seat;
            }
            put(seat, dueAtNanos);
        }
        sweep = Math.max(sweep, now);
        return null;
    }
}
