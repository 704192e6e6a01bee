package dev.skyhedge.providers.aws.fake;

/// An error as EC2 answers it.
public final class Ec2Error extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;

    private final String code;
    private final int status;

    public Ec2Error(String code, String message, int status) {
        super(message);
        this.code = code;
        this.status = status;
    }

    static Ec2Error badRequest(String code, String message) {
        return new Ec2Error(code, message, BAD_REQUEST);
    }

    static Ec2Error invalidValue(String message) {
        return badRequest("InvalidParameterValue", message);
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }
}
