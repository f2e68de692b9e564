// Words at the heart of passwords that everybody tries first. A password is refused when nothing but such words, digits
// and punctuation is left of it, so "Password2026!!" falls with "password".
#pragma once

#include <array>
#include <string_view>

namespace jingwei::identity {

/// Lower case. Words that lists of leaked passwords are full of (worldwide and Chinese keyboards), and our own names.
constexpr std::array<std::string_view, 78> kCommonWords = {
    "abc",       "abcabc",    "abcd",       "abcde",     "abcdef",    "access",     "admin",    "administrator", "aini",     "asdf",
    "asdfgh",    "asdfghjkl", "baseball",   "batman",    "changeme",  "charlie",    "china",    "daniel",        "default",  "donald",
    "dragon",    "flower",    "football",   "freedom",   "guest",     "hello",      "iloveyou", "jiaxing",       "jingwei",  "jordan",
    "letmein",   "lovely",    "login",      "manager",   "master",    "michael",    "mima",     "monkey",        "mustang",  "mypassword",
    "nihao",     "ninja",     "pass",       "passw",     "passwd",    "password",   "princess", "qazwsx",        "qazwsxedc", "querty",
    "qwe",       "qwer",      "qwert",      "qwerty",    "qwertyuiop", "qwerasdf",  "root",     "secret",        "service",  "shadow",
    "soccer",    "starwars",  "summer",     "sunshine",  "superman",  "superuser",  "system",   "taobao",        "temp",     "test",
    "trustnoone", "user",     "welcome",    "winter",    "woaini",    "zhejiang",   "zxcvbn",   "zxcvbnm",
};

/// Whole passwords whose pattern the words do not show: walks over the keyboard, well-known number strings.
constexpr std::array<std::string_view, 16> kCommonPasswords = {
    "1qaz2wsx3edc",  "1qaz2wsx3edc4rfv", "zaq12wsxcde3", "1q2w3e4r5t6y",    "q1w2e3r4t5y6", "1q2w3e4r5t6y7u8i", "qwertyuiop[]", "qwertyuiop123",
    "asdfghjkl;'\\", "zxcvbnm,./12",     "314159265358", "3141592653589793", "271828182845", "147258369147",     "147258369000", "correcthorsebatterystaple",
};

}  // namespace jingwei::identity
