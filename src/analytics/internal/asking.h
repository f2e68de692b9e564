// The desk where SQL is asked: waits for a turn, admits, runs in one state of the data, and answers or refuses.
#pragma once

#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <set>

#include "analytics/internal/gate.h"
#include "analytics/internal/schema.h"

namespace jingwei::analytics::internal {

class Desk {
 public:
  explicit Desk(const Schema& schema);

  void open(std::shared_ptr<sql::Database> database);
  /// Interrupts what runs and waits until nobody holds the database.
  void close();

  Answer ask(Sight sight, std::string_view sql, const Limits& limits);
  Figure figure(const FigureQuestion& question, const Limits& limits);

 private:
  class Turn;
  bool may_name(Sight sight, std::string_view table) const;
  void admit(Sight sight, std::string_view field, std::string_view sql, Parameters parameters) const;

  std::map<Sight, std::set<std::string, std::less<>>> tables_;
  Gate gate_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<sql::Database> database_;  ///< guarded by mutex_; empty: not to be asked
  std::list<sql::Session*> asking_;          ///< guarded by mutex_
};

}  // namespace jingwei::analytics::internal
