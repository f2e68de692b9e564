#include "reading/internal/doubts.h"

namespace jingwei::reading {

void add_doubt(Draft& draft, std::string item, DraftRanges ranges, Bilingual what, Bilingual reason, Bilingual remedy) {
  if (draft.doubts.size() + 1 < kDoubtsMax) {
    draft.doubts.push_back({std::move(item), std::move(ranges), std::move(what), std::move(reason), std::move(remedy)});
  } else if (draft.doubts.size() + 1 == kDoubtsMax) {
    draft.doubts.push_back({"",
                            {},
                            {"还有更多疑点没有列出", "There are more doubts that are not listed"},
                            {"疑点太多，多半不是这类文件", "There are so many that this is probably no such document"},
                            {"先看文件是否选对", "See first whether it is the right file"}});
  }
}

}  // namespace jingwei::reading
