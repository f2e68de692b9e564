// The sections [embeddings] and [chat] of node.toml: language models that the node may ask. Without them it asks none.
#pragma once

#include <filesystem>
#include <optional>

#include "models/models.h"

namespace jingwei::node {

struct ModelSettings {
  std::optional<models::EmbeddingsSettings> embeddings;
  std::optional<models::EndpointSettings> chat;
};

/// Throws Rejected{invalid} with every mistake: unknown and missing settings, and what models::check finds. The program's own
/// environment is where the keys are.
ModelSettings read_model_settings(const std::filesystem::path& data);

/// The environment that keys are read from.
models::Environment program_environment();

}  // namespace jingwei::node
