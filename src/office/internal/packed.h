// The ZIP container of an Open Packaging file, written by libzip.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace jingwei::office::internal {

struct Part {
  std::string name;     ///< "word/document.xml"
  std::string content;
};

/// Parts in order; every one carries the same moment, so that equal documents are equal bytes.
std::string packed(const std::vector<Part>& parts, Timestamp made_at);

}  // namespace jingwei::office::internal
