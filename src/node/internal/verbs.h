// What the files of the command line share: exit codes, sentences in the reader's language, where a node lies.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>

#include "base/rejected.h"

namespace jingwei::node {

constexpr int kOk = 0;
constexpr int kRefused = 1;   ///< the input or state was wrong; a sentence says how to mend it
constexpr int kNegative = 3;  ///< a check ran and says no

std::string sentence(const Bilingual& text);

/// What the command line asks for; set by the callback of the verb that was given.
using Chosen = std::function<int()>;

/// What every verb that opens a node asks for.
struct Place {
  std::string data = "data";
  std::string store;
};
std::shared_ptr<Place> ask_place(CLI::App& verb);

/// `jingwei round run` and `jingwei round mail`.
void add_round(CLI::App& app, Chosen& chosen);
/// `jingwei sql`.
void add_sql(CLI::App& app, Chosen& chosen);
/// `jingwei policy check`, `test` and `list`.
void add_policy(CLI::App& app, Chosen& chosen);
/// `jingwei appraisal check` and `list`.
void add_appraisal(CLI::App& app, Chosen& chosen);

}  // namespace jingwei::node
