package dev.skyhedge.spi;

/// Something wrong with a provider's settings.
///
/// @param setting name of the attribute, the nearest one for a nested value
/// @param summary what is wrong, a few words
/// @param remedy what to do about it, a sentence
public record SettingProblem(String setting, String summary, String remedy) {}
