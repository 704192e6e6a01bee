package dev.skyhedge.engine.deadline;

/// How long room in a zone lasts: it is lost at a rate of `shape / (scale + age)` an hour, where
/// the age is that of the room, not of our instance. Young room flaps; what has lasted will last.
///
/// @param shape losses an hour for each hour of scale and age
/// @param scaleHours how young is young
record SpotLaw(double shape, double scaleHours) {
    /// Counted over 24 series of the recordings `aws1-v100-4node`, `aws-usw2-4types` (two) and
    /// `aws-cpu-1node`, whose losses an hour are alike: 2.1 below ten minutes, 1.0 at half an
    /// hour, 0.45 at an hour and a half, 0.3 at three.
    static final SpotLaw COUNTED = new SpotLaw(0.9, 0.35);

    /// The same with so many times the losses.
    SpotLaw times(double factor) {
        return new SpotLaw(shape * factor, scaleHours);
    }

    /// Expected losses between two ages.
    double losses(double fromHours, double toHours) {
        return shape * Math.log((scaleHours + toHours) / (scaleHours + fromHours));
    }

    /// How likely room of that age lasts that much longer.
    double survival(double ageHours, double hours) {
        return Math.exp(-losses(ageHours, ageHours + hours));
    }

    /// The mean of what is left at an age, cut at so many hours.
    double meanHours(double ageHours, double capHours) {
        if (capHours <= 0) {
            return 0;
        }
        double scale = scaleHours + ageHours;
        double growth = 1 + capHours / scale;
        double power = 1 - shape;
        return Math.abs(power) < 1e-9 ? scale * Math.log(growth) : scale / power * (Math.pow(growth, power) - 1);
    }
}
