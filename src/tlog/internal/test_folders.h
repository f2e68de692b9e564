// Folders for tests: one in memory, and one whose every step can fail or be the last before a crash.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>

#include "base/check.h"
#include "io/file.h"
#include "io/folder.h"

namespace jingwei::tlog::testing {

/// What the tests throw where the process would die.
struct Crash {};

/// Keeps what programs see apart from what a power cut would leave, as file systems do: a file's content is durable after
/// sync_file, a name after sync_folder of its folder.
class CrashFolder : public io::Folder {
 public:
  enum class Fault {
    none,
    crash_before,  ///< the process dies before the step
    crash_after,   ///< the process dies after the step
    fail,          ///< the step fails once with "no space left", and the process goes on
  };

  /// At step `step` (counted from 1 over all steps that change something).
  void set_fault(Fault fault, int step) {
    fault_ = fault;
    fault_step_ = step;
  }
  /// Called before each step: what the world may look at in between.
  void set_observer(std::function<void()> observer) { observer_ = std::move(observer); }
  int steps() const { return steps_; }
  const std::vector<std::string>& names_of_steps() const { return names_of_steps_; }

  /// Leaves what a power cut might: of each folder and file, what was durable or, at random, what was visible; content
  /// that was never synced may be torn.
  void cut_power(std::mt19937_64& random) {
    fault_ = Fault::none;
    std::map<std::string, std::shared_ptr<Node>> left;
    std::set<std::string> folders{""};
    settle("", random, left, folders);
    visible_ = left;
    durable_ = left;
    folders_ = folders;
    durable_folders_ = folders;
  }

  std::optional<std::string> read(const std::string& path) override {
    const auto found = visible_.find(path);
    if (found == visible_.end()) return std::nullopt;
    return found->second->content;
  }
  std::vector<std::string> list(const std::string& path) override {
    std::vector<std::string> names;
    for (const auto& [file, node] : visible_)
      if (parent(file) == path) names.push_back(name(file));
    for (const auto& folder : folders_)
      if (!folder.empty() && parent(folder) == path) names.push_back(name(folder));
    return names;
  }
  void write(const std::string& path, std::string_view content) override {
    step("write " + path, [&] {
      if (!folders_.contains(parent(path))) throw io::FileError(path, "cannot be created", ENOENT);
      auto& node = visible_[path];
      if (!node) node = std::make_shared<Node>();
      node->content = content;
      node->torn = content.size() / 2;
    });
  }
  void sync_file(const std::string& path) override {
    step("sync " + path, [&] {
      Node& node = *visible_.at(path);
      node.durable = node.content;
    });
  }
  void rename(const std::string& from, const std::string& to) override {
    step("rename to " + to, [&] {
      visible_[to] = visible_.at(from);
      visible_.erase(from);
    });
  }
  void make_folder(const std::string& path) override {
    if (folders_.contains(path)) return;
    step("make " + path, [&] {
      CHECK(folders_.contains(parent(path)));
      folders_.insert(path);
    });
  }
  void sync_folder(const std::string& path) override {
    step("sync folder " + path, [&] {
      std::erase_if(durable_, [&](const auto& item) { return parent(item.first) == path && !visible_.contains(item.first); });
      for (const auto& [file, node] : visible_)
        if (parent(file) == path) durable_[file] = node;
      std::erase_if(durable_folders_, [&](const auto& folder) { return parent(folder) == path && !folders_.contains(folder); });
      for (const auto& folder : folders_)
        if (parent(folder) == path) durable_folders_.insert(folder);
    });
  }
  void sync_all() override {
    step("sync all", [&] {
      for (const auto& [file, node] : visible_) node->durable = node->content;
      durable_ = visible_;
      durable_folders_ = folders_;
    });
  }
  void remove(const std::string& path) override {
    if (!visible_.contains(path) && !folders_.contains(path)) return;
    step("remove " + path, [&] {
      visible_.erase(path);
      folders_.erase(path);
    });
  }

  /// Changes a file behind everybody's back.
  void damage(const std::string& path, std::size_t byte) {
    CHECK(visible_.contains(path));
    visible_[path]->content.at(byte) ^= 1;
  }
  void lose(const std::string& path) { CHECK(visible_.erase(path) == 1); }
  std::vector<std::string> files() const {
    std::vector<std::string> paths;
    for (const auto& [path, node] : visible_) paths.push_back(path);
    return paths;
  }

 private:
  struct Node {
    std::string content;
    std::optional<std::string> durable;
    std::size_t torn = 0;  ///< how much of never synced content may be left
  };

  static std::string parent(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
  }
  static std::string name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  template <class Act>
  void step(const std::string& what, Act act) {
    if (observer_) observer_();
    ++steps_;
    names_of_steps_.push_back(what);
    const Fault fault = steps_ == fault_step_ ? fault_ : Fault::none;
    if (fault == Fault::crash_before) throw Crash{};
    if (fault == Fault::fail) throw io::FileError(what, "cannot be done", ENOSPC);
    act();
    if (fault == Fault::crash_after) throw Crash{};
  }

  void settle(const std::string& folder, std::mt19937_64& random, std::map<std::string, std::shared_ptr<Node>>& left,
              std::set<std::string>& folders) {
    const bool names_survive = random() % 2 == 0;
    const auto& names = names_survive ? visible_ : durable_;
    for (const auto& [path, node] : names) {
      if (parent(path) != folder) continue;
      auto kept = std::make_shared<Node>(*node);
      if (random() % 2 == 0 || !node->durable) {
        if (!node->durable) kept->content.resize(random() % 2 == 0 ? kept->torn : kept->content.size());
      } else {
        kept->content = *node->durable;
      }
      kept->durable = kept->content;
      left[path] = kept;
    }
    for (const auto& inner : names_survive ? folders_ : durable_folders_) {
      if (inner.empty() || parent(inner) != folder) continue;
      folders.insert(inner);
      settle(inner, random, left, folders);
    }
  }

  std::map<std::string, std::shared_ptr<Node>> visible_;
  std::map<std::string, std::shared_ptr<Node>> durable_;
  std::set<std::string> folders_{""};
  std::set<std::string> durable_folders_{""};
  std::function<void()> observer_;
  Fault fault_ = Fault::none;
  int fault_step_ = 0;
  int steps_ = 0;
  std::vector<std::string> names_of_steps_;
};

}  // namespace jingwei::tlog::testing
