package dev.skyhedge.providers.cloud.fake;

/// A call as it went over the wire.
///
/// @param method the call's name in the API, such as `Instances.Insert`; empty if none fits
/// @param verb the HTTP method
/// @param path path without query
/// @param query query as sent; may be empty
/// @param request body as sent; may be empty
/// @param status HTTP status answered; 0 if the connection was broken instead
/// @param reply body answered
public record Recorded(
        String method, String verb, String path, String query, String request, int status, String reply) {}
