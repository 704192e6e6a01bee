package dev.skyhedge.providers.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import java.util.List;

/// Something that we ask the cluster to let us do.
///
/// @param verb as in a role, such as `create`
/// @param resource as in a role, such as `pods`
/// @param subresource such as `log`; empty for none
/// @param namespaced whether it is about our namespace only
record Permission(String verb, String resource, String subresource, boolean namespaced) {
    /// Without these nothing works.
    static final List<Permission> REQUIRED = List.of(
            in("create", "pods"),
            in("get", "pods"),
            in("list", "pods"),
            in("delete", "pods"),
            in("create", "secrets"),
            in("delete", "secrets"));

    /// Without these something is missing.
    static final List<Permission> USEFUL = List.of(
            in("watch", "pods"),
            new Permission("get", "pods", "log", true),
            new Permission("list", "nodes", "", false));

    private static Permission in(String verb, String resource) {
        return new Permission(verb, resource, "", true);
    }

    SelfSubjectAccessReview question(String namespace) {
        var attributes = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withResource(resource);
        if (!subresource.isEmpty()) {
            attributes.withSubresource(subresource);
        }
        if (namespaced) {
            attributes.withNamespace(namespace);
        }
        return attributes.endResourceAttributes().endSpec().build();
    }

    /// For people.
    @Override
    public String toString() {
        return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
