package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The contribution of a slice to the result: the same for all workers that process the slice. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = AveragePartial.class, name = "average"),
    @JsonSubTypes.Type(value = GroupsPartial.class, name = "groups"),
    @JsonSubTypes.Type(value = ReducedPartial.class, name = "reduced"),
    @JsonSubTypes.Type(value = PublishedPartial.class, name = "published"),
    @JsonSubTypes.Type(value = StagedPartial.class, name = "staged"),
    @JsonSubTypes.Type(value = LoadedPartial.class, name = "loaded")
})
public sealed interface Partial
        permits AveragePartial, GroupsPartial, ReducedPartial, PublishedPartial, StagedPartial, LoadedPartial {}
