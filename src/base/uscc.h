// 统一社会信用代码, the unified social credit code (GB 32100-2015): 18 characters of an alphabet without I, O, S, V, Z;
// the last is a check character, 31 - sum(value * 3^i mod 31) mod 31.
#pragma once

#include <string_view>

namespace jingwei {

enum class UsccVerdict {
  valid,
  wrong_shape,        ///< not 18 characters of the alphabet
  wrong_check_digit,  ///< shape is right; some early pilot codes are legal although they fail, so this is a warning
};

UsccVerdict check_uscc(std::string_view code);

}  // namespace jingwei
