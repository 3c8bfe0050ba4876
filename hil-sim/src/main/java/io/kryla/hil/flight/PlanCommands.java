package io.kryla.hil.flight;

import com.google.protobuf.ByteString;
import io.kryla.hil.scenario.PilotAction.Order;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.Disarm;
import io.kryla.v1.FlyMission;
import io.kryla.v1.Hold;
import io.kryla.v1.Land;
import io.kryla.v1.ReturnToLaunch;
import io.kryla.v1.TakeOff;
import io.kryla.v1.Waypoint;

/** A plan's orders as commands of the protocol. */
final class PlanCommands {
    private PlanCommands() {}

    static Command command(byte[] id, Order order) {
        var command = Command.newBuilder().setId(ByteString.copyFrom(id));
        if (order instanceof Order.Arm) {
            command.setArm(Arm.getDefaultInstance());
        } else if (order instanceof Order.TakeOff takeOff) {
            command.setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters((float) takeOff.heightMeters()));
        } else if (order instanceof Order.Hold) {
            command.setHold(Hold.getDefaultInstance());
        } else if (order instanceof Order.FlyMission mission) {
            command.setFlyMission(mission(mission));
        } else if (order instanceof Order.ReturnToLaunch) {
            command.setReturnToLaunch(ReturnToLaunch.getDefaultInstance());
        } else if (order instanceof Order.Land) {
            command.setLand(Land.getDefaultInstance());
        } else if (order instanceof Order.Disarm) {
            command.setDisarm(Disarm.getDefaultInstance());
        }
        return command.build();
    }

    private static FlyMission.Builder mission(Order.FlyMission mission) {
        var message = FlyMission.newBuilder().setSpeedMetersPerSecond((float) mission.speedMetersPerSecond());
        for (var waypoint : mission.waypoints()) {
            message.addWaypoints(Waypoint.newBuilder()
                    .setNorthMeters((float) waypoint.northMeters())
                    .setEastMeters((float) waypoint.eastMeters())
                    .setDownMeters((float) -waypoint.heightMeters()));
        }
        return message;
    }
}
