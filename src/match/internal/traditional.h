// Traditional characters as simplified ones, so that both ways of writing meet. ICU's Traditional-Simplified transliterator makes
// the table once. Characters that simplified text uses itself (those of GB 2312, such as 著 and 乾) stay as they are.
#pragma once

namespace jingwei::match {

char32_t simplified(char32_t c);

}  // namespace jingwei::match
