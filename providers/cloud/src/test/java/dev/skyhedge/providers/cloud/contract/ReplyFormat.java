package dev.skyhedge.providers.cloud.contract;

import java.util.List;
import java.util.stream.Collectors;

/// How a cloud writes its replies, as far as they can be damaged.
public interface ReplyFormat {
    /// A part of a reply.
    ///
    /// @param steps names of members and positions in lists, from the outside
    record Place(List<Object> steps) {
        @Override
        public String toString() {
            return steps.stream().map(Object::toString).collect(Collectors.joining("."));
        }
    }

    /// The parts that can have this damage.
    List<Place> places(String reply, Damage damage);

    /// The reply with a damage; unchanged if it has no such part.
    String damaged(String reply, Place place, Damage damage);
}
