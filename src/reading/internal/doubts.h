// Doubts are added one way, so that none is lost and a flood of them is cut off.
#pragma once

#include <string>

#include "reading/reading.h"

namespace jingwei::reading {

/// The last of kDoubtsMax says that there are more.
void add_doubt(Draft& draft, std::string item, DraftRanges ranges, Bilingual what, Bilingual reason, Bilingual remedy);

}  // namespace jingwei::reading
