// What endpoints answer, read with distrust. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/models.h"

namespace jingwei::models {

/// The body of an answer of /embeddings to `count` texts. Throws Failure{unwell}.
std::vector<std::vector<float>> read_vectors(std::string_view body, std::size_t count, std::size_t dimensions);

/// What the model says in the body of an answer of /chat/completions, as JSON. Throws Failure{unwell}, or Failure{text} when the model
/// declines or its answer was cut off.
json::value read_reply(std::string_view body);

}  // namespace jingwei::models
