/// The values and types of the language: conversion, unification, equality, the sensitive mark, JSON. Pure;
/// knows neither syntax nor diagnostics.
@NullMarked
package dev.skyhedge.specs.values;

import org.jspecify.annotations.NullMarked;
